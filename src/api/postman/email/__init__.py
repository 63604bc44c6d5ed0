"""An e-mail: composed, laid out as HTML, handed to the server."""
