"" + /nonexistent/launchnix
