#!/bin/sh
# Helm gives the rendered chart on standard input and installs what comes back.
exec "${OUTRIGGER:-outrigger}" kube-inject -f - "$@"
