"""The teaching loop: what nobody could answer goes to the operators, and what they answer is known from then on."""
