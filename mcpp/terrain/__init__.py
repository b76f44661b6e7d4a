"""Ground heights for everybody: the Copernicus surface model, loaded once and then offline."""
