#!/usr/bin/env bash
# Renders the drawings into the committed images; wanted only after a drawing changed.
# Needs rsvg-convert (Debian: librsvg2-bin), icotool (Debian: icoutils) and convert (Debian: imagemagick).
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

rsvg-convert -w 16 icon-16.svg -o "$work/16.png"
for size in 24 32 48; do rsvg-convert -w $size icon-small.svg -o "$work/$size.png"; done
for size in 64 128 256 512; do rsvg-convert -w $size icon.svg -o "$work/$size.png"; done

for size in 32 128 256 512; do cp "$work/$size.png" "${size}x$size.png"; done
# 32 first: whoever reads only one image of the file takes the first one.
icotool --create --output icon.ico "$work"/{32,16,24,48,64}.png --raw "$work/128.png" --raw "$work/256.png"

# The left side of the setup's first and last page, twice as large as Windows draws it at 100 %.
rsvg-convert -w 184 icon.svg -o "$work/184.png"
convert -size 328x628 xc:'#e8f0fa' "$work/184.png" -gravity north -geometry +0+112 -composite \
  -colors 256 -type palette BMP3:setup.bmp
