"""Engines: each runs the same portable SQL on the same tables and gives the same rows.

In: a log and the tables of a plan. Out: rows. Nothing in here knows what a service level is.
"""
