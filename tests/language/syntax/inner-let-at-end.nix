if true let
