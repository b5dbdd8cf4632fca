"""The desk: an archive as pages to work at, and as an API to build on. Needs the extra [web]."""
