x let ;
