{ ... }@all: all
