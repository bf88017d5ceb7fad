"""Participation: who took part in a period and who has not yet, for those who follow up; figures are for helping."""
