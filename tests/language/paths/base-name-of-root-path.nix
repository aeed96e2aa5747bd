baseNameOf /.
