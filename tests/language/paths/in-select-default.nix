{ }.a or /b/c
