"""Runs read and extract over many reports."""
