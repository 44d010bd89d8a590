"""What can be said to the assistant, and what the clock makes it say: one module a capability."""
