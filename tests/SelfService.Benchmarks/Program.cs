Console.WriteLine("SelfService");
