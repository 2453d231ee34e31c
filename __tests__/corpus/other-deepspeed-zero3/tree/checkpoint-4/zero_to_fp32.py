# DeepSpeed's converter
