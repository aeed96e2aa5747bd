''it's 'quoted' ' ''
