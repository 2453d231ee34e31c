def make_producers(): pass
