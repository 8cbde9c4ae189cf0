"""Says what may be told of several networks together, from the published figures of each. Knows no Django.

Persons are safe before this room begins: it has of each network only what that network's own report has, to one
decimal. What it guards is the network: nobody who reads what is told of several, and the reports of up to four of them,
can work out what is in another's.
"""
