let people = { ann = { name = "ann"; friend = people.bob; }; bob = { name = "bob"; friend = people.ann; }; }; in people.ann.friend.friend.name
