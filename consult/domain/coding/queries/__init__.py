"""Reading codings: themes, passages, and the list one works down."""
