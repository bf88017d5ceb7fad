"""A parent cannot sign the PI: each side's own way through the causes (entry `pi-parent-cannot-sign`)."""
