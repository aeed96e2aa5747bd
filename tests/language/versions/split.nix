map builtins.splitVersion [ "1.2.3" "1.2pre3" "a1b2" "" "1..2" "-1-" "1.2-rc1" "1_2" ]
