#!/bin/sh
# Pages are read better and sooner with Tesseract beside RapidOCR. Is it there? If not, install Debian's where we may.
command -v tesseract >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq tesseract-ocr tesseract-ocr-eng >/dev/null && exit 0
fi
echo "Tesseract is not here; everything works without it. To add it (Debian): sudo apt-get install tesseract-ocr" >&2
exit 0
