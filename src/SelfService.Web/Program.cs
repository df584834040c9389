using SelfService.Web.Commands;
using SelfService.Web.Startup;

// A table of contents: what the program can be asked, and where each answer is written.
return args switch
{
    [] or ["serve", ..] => await Serve.RunAsync(args),
    [var option, ..] when option.StartsWith("--", StringComparison.Ordinal) => await Serve.RunAsync(args),
    ["content", "check", ..] => await ContentCommands.CheckAsync(args[2..]),
    ["content", "import", ..] => await ContentCommands.ImportAsync(args[2..]),
    ["content", "export", var directory] => await ContentCommands.ExportAsync(directory),
    ["user", "add", var email, "--role", var role] => await UserCommands.AddAsync(email, role),
    ["backup", var file] => await BackupCommands.MakeAsync(file),
    ["restore", var file, .. var options] => await BackupCommands.RestoreAsync(file, options),
    ["migrate-database"] => await BackupCommands.MoveAsync(),
    ["doctor"] => await Doctor.RunAsync(),
    _ => Usage.Print(),
};
