{ let }
