#!/bin/sh
# Kustomize runs a function without arguments.
exec "${OUTRIGGER:-outrigger}" krm
