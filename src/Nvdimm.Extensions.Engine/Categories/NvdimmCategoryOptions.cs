using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>The options of the category <c>nvdimm</c>.</summary>
public sealed record NvdimmCategoryOptions
{
    /// <summary>
    /// How to choose target sizes. Default: as oVirt does. A device must always be started with the strategy of its first use.
    /// </summary>
    public SizingStrategy Strategy { get; init => field = EnumArgument.Checked(value); }
}
