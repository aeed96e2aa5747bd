unknown1 > unknown2
