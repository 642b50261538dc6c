"""The phone, the reader and the insurer, told as a story over real HTTP."""
