using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Packages.Tests;

/// <summary>The libraries that are packages.</summary>
internal static class Packages
{
    public static Assembly[] Libraries { get; } =
    [
        typeof(Extensions.NvdimmCodes).Assembly,
        typeof(NdctlParser).Assembly,
        typeof(LayoutLedger).Assembly,
        typeof(IOvirtEngine).Assembly,
        typeof(NvdimmServiceCollectionExtensions).Assembly,
        typeof(InMemoryEngine).Assembly,
    ];

    /// <summary>The folders below <c>src</c> that have a readme.</summary>
    public static string[] Readmes { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(TestFiles.RepositoryRoot, "src"), "README.md", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }).Order(StringComparer.Ordinal)];
}
