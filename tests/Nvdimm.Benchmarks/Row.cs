namespace Nvdimm.Benchmarks;

/// <summary>A line of the closing table; without a requirement it only states a figure.</summary>
internal sealed record Row(string What, string Measured, string Required = "", bool Ok = true)
{
    public override string ToString() => $"{What,-52} | {Measured,-34} | {Required,-20} | {(Required.Length == 0 ? "" : Ok ? "yes" : "NO")}";
}
