with throw "forced"; a
