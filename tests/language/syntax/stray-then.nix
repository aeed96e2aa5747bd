1 then
