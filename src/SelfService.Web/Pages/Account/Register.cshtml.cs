using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta/registro: sends a link to an account.</summary>
[EnableRateLimiting(RateLimits.SignIns)]
public sealed class RegisterModel(PortalDbContext db, TimeProvider clock) : AddressPage(db, clock, AccountRequest.Register, "/cuenta/aviso/registro");
