"""What is fitted to what: each problem with the part of the model that its figures depend on."""
