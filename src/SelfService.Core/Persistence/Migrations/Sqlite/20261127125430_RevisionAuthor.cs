using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SelfService.Core.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RevisionAuthor : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "AuthorId",
                table: "Revisions",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "AuthorId",
                table: "Revisions");
        }
    }
}
