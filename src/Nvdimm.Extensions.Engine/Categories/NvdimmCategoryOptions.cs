using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>How the category <c>nvdimm</c> works.</summary>
public sealed record NvdimmCategoryOptions
{
    /// <summary>How target sizes are chosen. Default: as oVirt does. A device must be started with the strategy that it was first used with.</summary>
    public SizingStrategy Strategy { get; init => field = EnumArgument.Checked(value); }
}
