using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.People;
using SelfService.Core.People.SecondFactors;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta/entrar/codigo: the code of the app, after the password.</summary>
[EnableRateLimiting(RateLimits.SignIns)]
public sealed class CodeModel(PendingSignIn pending, SignInAttempts attempts, FactorSecrets secrets, OpenSession session)
    : SecondStepPage(pending, attempts, session, SignInWay.PasswordAndCode, "code", "Security.CodeWrong")
{
    [BindProperty, Required(ErrorMessage = "Security.CodeRequired"), StringLength(20, ErrorMessage = "Security.CodeWrong")]
    public string Code { get; set; } = "";

    protected override Task<bool> UseAsync(Guid personId, CancellationToken cancel) => secrets.UseCodeAsync(personId, Code, cancel);
}
