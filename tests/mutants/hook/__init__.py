"""The folder that processes under test find in PYTHONPATH; it holds nothing that may hide another module."""
