using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SelfService.Core.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class DeskIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Tickets_DueAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_Queue_DueAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_SlaVersion_Version",
                table: "Tickets");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_DueAt_OwnerId_Status_NextStep",
                table: "Tickets",
                columns: new[] { "DueAt", "OwnerId", "Status", "NextStep" },
                filter: "\"DueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_OpenedAt",
                table: "Tickets",
                column: "OpenedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Queue_DueAt_OwnerId_Status_NextStep",
                table: "Tickets",
                columns: new[] { "Queue", "DueAt", "OwnerId", "Status", "NextStep" },
                filter: "\"DueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Queue_EndedAt",
                table: "Tickets",
                columns: new[] { "Queue", "EndedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_SlaVersion",
                table: "Tickets",
                column: "SlaVersion",
                filter: "\"SlaVersion\" <> \"Version\"");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Status_ReopenUntil",
                table: "Tickets",
                columns: new[] { "Status", "ReopenUntil" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Tickets_DueAt_OwnerId_Status_NextStep",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_OpenedAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_Queue_DueAt_OwnerId_Status_NextStep",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_Queue_EndedAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_SlaVersion",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_Status_ReopenUntil",
                table: "Tickets");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_DueAt",
                table: "Tickets",
                column: "DueAt");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Queue_DueAt",
                table: "Tickets",
                columns: new[] { "Queue", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_SlaVersion_Version",
                table: "Tickets",
                columns: new[] { "SlaVersion", "Version" });
        }
    }
}
