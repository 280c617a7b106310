"""How ratings become scores. Nothing here is stored: findings go in, numbers come out."""
