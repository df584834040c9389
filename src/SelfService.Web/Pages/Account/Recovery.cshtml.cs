using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.People;
using SelfService.Core.People.SecondFactors;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta/entrar/recuperacion: a recovery code in place of the app, after the password.</summary>
[EnableRateLimiting(RateLimits.SignIns)]
public sealed class RecoveryModel(PendingSignIn pending, SignInAttempts attempts, FactorSecrets secrets, OpenSession session)
    : SecondStepPage(pending, attempts, session, SignInWay.PasswordAndRecoveryCode, "recovery", "Security.RecoveryWrong")
{
    [BindProperty, Required(ErrorMessage = "Security.RecoveryRequired"), StringLength(60, ErrorMessage = "Security.RecoveryWrong")]
    public string Code { get; set; } = "";

    protected override Task<bool> UseAsync(Guid personId, CancellationToken cancel) => secrets.UseRecoveryCodeAsync(personId, Code, cancel);

    // Whoever uses the last of them should have new ones while she is inside.
    protected override async Task<string?> NextAsync(Guid personId, CancellationToken cancel) =>
        await secrets.CountCodesAsync(personId, cancel) > 0 ? null : "/cuenta/seguridad";
}
