using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta/olvide: sends a link to a new password.</summary>
[EnableRateLimiting(RateLimits.SignIns)]
public sealed class ForgotModel(PortalDbContext db, TimeProvider clock) : AddressPage(db, clock, AccountRequest.Reset, "/cuenta/aviso/olvide");
