"""What stretches of a sentence mean: numbers, quantities and dates, and names."""
