"""What is remembered, in the domain's words."""
