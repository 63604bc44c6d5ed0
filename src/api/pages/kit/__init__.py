"""What all pages share: the frame and the form."""
