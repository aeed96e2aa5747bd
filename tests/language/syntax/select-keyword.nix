{ }.if
