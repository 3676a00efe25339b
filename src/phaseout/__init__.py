"""Phaseout"""
