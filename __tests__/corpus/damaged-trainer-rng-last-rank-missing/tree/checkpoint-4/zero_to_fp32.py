#!/usr/bin/env python
# DeepSpeed's converter
