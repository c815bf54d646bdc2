"""Documents that people write on top of answers: text that rests on passages, and its sign-off."""
