# 商品、可选内容，以及商品内容无法发布时给卖家的提示。

fail-unknown-sku = 该组合未在售。请选择其他规格或选项。
fail-quantity-off-step = 无法按此数量购买：数量须按 { $step } 递增。请选择 { $below } 或 { $above }。
fail-period-not-offered = 所选内容不提供此购买时长。请从页面给出的时长中选择。
fail-no-price-in-currency = 所选内容没有 { $currency }（您账号的币种）价格。请选择其他规格，或向卖家咨询价格。
fail-product-not-on-sale = 该商品目前不在售，无法下单。此前购买的内容仍然有效；请在同一分类中查找类似商品。
fail-product-not-sold-to-country = 卖家不向您账号所在的国家或地区（{ $country }）销售该商品。请查找类似商品，或咨询卖家。
fail-out-of-stock = 该商品暂时售罄。请先收藏，稍后再试，或请卖家补充库存。

fail-product-not-released = 该商品还没有已发布的版本，无法上架。请先发布一个版本。
fail-product-slug-taken = 已有其他商品使用该地址。请换一个地址。
fail-fixed-after-release = 此项在首次发布时已确定，已有订单以此为准，不能修改。请保留原值，或发布新的规格。

fail-not-a-key = 此处只能使用字母、数字和连字符，例如 acme-crm；商品、规格和分类的标识须为小写。
fail-not-unique = “{ $value }”在此处出现了两次，每项只能出现一次。请删除或重命名其中一个。
fail-too-many-entries = 数量过多：最多 { $max } 项。请删除一部分。
fail-too-few-entries = 数量过少：至少 { $min } 项。请补充。
fail-bad-version-label = 版本格式不正确。请填写以点分隔的数字，例如 5.4 或 V5.4。
fail-bad-country = 国家或地区代码不正确。请填写两个大写字母，例如 SG。
fail-bad-path = 路径格式不正确。请以一个斜杠开头，不要包含空格、“?”和“#”，例如 /produce。
fail-give-one = 此项与“{ $other }”须填写其中一项，且不能同时填写。
fail-reserved-attribute = 该属性由平台为所有商品预置。请使用其他编码或名称。
fail-too-many-skus = 各属性值共产生 { $count } 种组合，最多允许 { $max } 种。请删除不需要的属性值。
fail-step-does-not-fit = 以 { $step } 为步长无法从 { $min } 到达 { $max }。请修改步长或其中一个数量。
fail-period-not-of-billing = 计费方式为“{ $billing }”的规格不能设置“{ $period }”的价格。请选择与计费方式相符的周期。
fail-options-do-not-fit = 每个价格须为每个属性各指定一个值，且不得包含其他内容。该规格的属性：{ $attributes }。
fail-tiers-start-wrong = 第一个阶梯须从 1 或最小数量 { $min } 开始。
fail-tiers-do-not-ascend = 每个阶梯的起点须大于前一个阶梯和最小数量，且不超过 { $max }。请调整阶梯顺序。
fail-price-too-large = 按最大数量和最长时长下单的金额超出订单上限。请降低价格、数量或时长。

fail-seed-unreadable = 目录文件此处无法读取：{ $problem }。请改正该行后重新加载；未做任何更改。
fail-seed-unknown-reference = 目录中没有适用于此处的 { $kind }“{ $key }”。请改正标识，或补充缺少的部分。
