"""The one room that runs OCR engines: page images in, words with their places out."""
